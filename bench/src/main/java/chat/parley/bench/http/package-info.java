/** A client so plain that it costs next to nothing beside what it measures. */
@NullMarked
package chat.parley.bench.http;

import org.jspecify.annotations.NullMarked;
