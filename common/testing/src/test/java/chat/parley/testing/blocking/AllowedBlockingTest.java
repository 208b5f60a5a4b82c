package chat.parley.testing.blocking;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import java.io.FileInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import reactor.blockhound.BlockingOperationError;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

class AllowedBlockingTest {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @Test
    void catchesSleepOnAParallelThread() {
        StepVerifier.create(
            onEventLoop(() -> {
                Thread.sleep(1);
                return "slept";
            })
        )
            .expectErrorMatches(AllowedBlockingTest::isBlockingCall)
            .verify(PATIENCE);
    }

    @Test
    void catchesWaitingForAnAnswerOnAParallelThread() {
        StepVerifier.create(onEventLoop(() -> new CompletableFuture<String>().get(1, TimeUnit.MINUTES)))
            .expectErrorMatches(AllowedBlockingTest::isBlockingCall)
            .verify(PATIENCE);
    }

    @Test
    void catchesReadingAFileOnAParallelThread(@TempDir Path folder) throws Exception {
        var file = Files.writeString(folder.resolve("file"), "text");

        StepVerifier.create(
            onEventLoop(() -> {
                try (var stream = new FileInputStream(file.toFile())) {
                    return stream.read();
                }
            })
        )
            .expectErrorMatches(AllowedBlockingTest::isBlockingCall)
            .verify(PATIENCE);
    }

    @Test
    void catchesParkingOnAParallelThread() {
        StepVerifier.create(
            onEventLoop(() -> {
                LockSupport.parkNanos(1);
                return "parked";
            })
        )
            .expectErrorMatches(AllowedBlockingTest::isBlockingCall)
            .verify(PATIENCE);
    }

    @Test
    void letsBoundedElasticThreadsBlock() {
        var sleeping = Mono.fromCallable(() -> {
            Thread.sleep(1);
            return "slept";
        }).subscribeOn(Schedulers.boundedElastic());

        StepVerifier.create(sleeping).expectNext("slept").expectComplete().verify(PATIENCE);
    }

    @Test
    void letsEventLoopsDrawRandomNumbers() {
        StepVerifier.create(
            onEventLoop(() -> {
                var random = new byte[1 << 16];
                SecureRandom.getInstance("NativePRNG").nextBytes(random);
                return random.length;
            })
        )
            .expectNext(1 << 16)
            .expectComplete()
            .verify(PATIENCE);
    }

    @Test
    void letsEventLoopsWaitTheirTurnToLog() {
        var logger = (Logger) LoggerFactory.getLogger(AllowedBlockingTest.class);
        logger.addAppender(busyAppender());

        StepVerifier.create(
            onEventLoop(() -> {
                logger.info("logged on an event loop");
                return "logged";
            })
        )
            .expectNext("logged")
            .expectComplete()
            .verify(PATIENCE);
    }

    private static Appender<ILoggingEvent> busyAppender() {
        var appender = new UnsynchronizedAppenderBase<ILoggingEvent>() {
            @Override
            protected void append(ILoggingEvent event) {
                LockSupport.parkNanos(1);
            }
        };
        appender.start();
        return appender;
    }

    private static <T> Mono<T> onEventLoop(Callable<T> call) {
        return Mono.fromCallable(call).subscribeOn(Schedulers.parallel());
    }

    private static boolean isBlockingCall(Throwable error) {
        return (
            error instanceof BlockingOperationError ||
            (error.getCause() != null && isBlockingCall(error.getCause()))
        );
    }
}
