/** Encryption at rest: what is sealed with which key, and where the keys are. Knows nothing of Spring. */
@NullMarked
package chat.parley.sealing;

import org.jspecify.annotations.NullMarked;
