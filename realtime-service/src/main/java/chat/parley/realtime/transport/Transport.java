package chat.parley.realtime.transport;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringIoHandlerConfig;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The ways to the network, the best one first. */
enum Transport {
    /**
     * A turn's writes are handed to the kernel together. Seccomp profiles of container engines often forbid it, and
     * {@code kernel.io_uring_disabled} may.
     */
    IO_URING(IoUring::unavailabilityCause, Transport::ioUring),
    EPOLL(Epoll::unavailabilityCause, EpollIoHandler::newFactory),
    NIO(() -> null, NioIoHandler::newFactory);

    /** As many writes are submitted in one call to the kernel; each takes 64 bytes of a ring. */
    private static final int RING_SIZE = 2048;

    private final Supplier<@Nullable Throwable> obstacle;
    private final Supplier<IoHandlerFactory> handlers;

    Transport(Supplier<@Nullable Throwable> obstacle, Supplier<IoHandlerFactory> handlers) {
        this.obstacle = obstacle;
        this.handlers = handlers;
    }

    private static IoHandlerFactory ioUring() {
        return IoUringIoHandler.newFactory(new IoUringIoHandlerConfig().setRingSize(RING_SIZE));
    }

    /** Whether this machine and its kernel have it. */
    boolean works() {
        return obstacle.get() == null;
    }

    IoHandlerFactory handlers() {
        return handlers.get();
    }

    /**
     * The one that was asked for, or the best that works here.
     *
     * @throws IllegalStateException if the one that was asked for does not work here
     */
    static Selection select(TransportProperties.Choice choice) {
        return switch (choice) {
            case AUTO -> best();
            case IO_URING -> required(IO_URING);
            case EPOLL -> required(EPOLL);
            case NIO -> required(NIO);
        };
    }

    private static Selection best() {
        List<Transport> all = List.of(values());
        Transport best = all.stream().filter(Transport::works).findFirst().orElse(NIO);
        String passedOver = Arrays.stream(values())
            .limit(best.ordinal())
            .map(candidate -> candidate + " does not work here: " + candidate.reason())
            .collect(Collectors.joining("; "));
        return new Selection(best, passedOver.isEmpty() ? "it is the best there is" : passedOver);
    }

    private static Selection required(Transport asked) {
        if (!asked.works()) {
            throw new IllegalStateException(
                "parley.realtime.transport asks for " +
                    asked +
                    ", which does not work here: " +
                    asked.reason()
            );
        }
        return new Selection(asked, "it is configured");
    }

    private String reason() {
        Throwable cause = obstacle.get();
        while (cause != null && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause == null ? "" : String.valueOf(cause.getMessage());
    }

    /** @param why for the log */
    record Selection(Transport transport, String why) {}
}
