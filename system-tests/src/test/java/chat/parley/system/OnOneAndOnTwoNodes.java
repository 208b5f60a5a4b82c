package chat.parley.system;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** Runs a test with all clients on one node of realtime-service, and then with clients on both of two. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ParameterizedClass(name = "on {0}", autoCloseArguments = false)
@ArgumentsSource(Stages.class)
@interface OnOneAndOnTwoNodes {}
