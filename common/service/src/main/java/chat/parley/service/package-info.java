/** What every service wears: nothing here knows a feature. */
@NullMarked
package chat.parley.service;

import org.jspecify.annotations.NullMarked;
