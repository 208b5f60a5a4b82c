/** A stand-in for MongoDB where there is no mongod, which keeps what it has acknowledged. */
@NullMarked
package chat.parley.embedded.mongo;

import org.jspecify.annotations.NullMarked;
