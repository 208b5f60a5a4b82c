/** The web client's files, as its build left them on the class path. */
@NullMarked
package chat.parley.gateway.pages;

import org.jspecify.annotations.NullMarked;
