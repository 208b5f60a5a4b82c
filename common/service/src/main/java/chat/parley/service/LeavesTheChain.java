package chat.parley.service;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * This method blocks, sleeps or subscribes on purpose, which the architecture rules forbid everywhere else. The
 * value says why that is right here, and what bounds it.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ ElementType.METHOD, ElementType.CONSTRUCTOR })
public @interface LeavesTheChain {
    String value();
}
