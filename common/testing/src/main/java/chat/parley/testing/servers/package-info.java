/** Real servers for tests, started once a JVM: embedded, or in containers where Docker is there. */
@NullMarked
package chat.parley.testing.servers;

import org.jspecify.annotations.NullMarked;
