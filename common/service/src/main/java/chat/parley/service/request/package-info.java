/** The id that follows one request through logs, answers and calls to other services. */
@NullMarked
package chat.parley.service.request;

import org.jspecify.annotations.NullMarked;
