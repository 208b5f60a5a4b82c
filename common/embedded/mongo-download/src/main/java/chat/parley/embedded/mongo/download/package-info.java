/** Fetches a mongod for this machine from where MongoDB publishes it. */
@NullMarked
package chat.parley.embedded.mongo.download;

import org.jspecify.annotations.NullMarked;
