package chat.parley.realtime.channels.socket;

import chat.parley.realtime.channels.app.AppKind;
import chat.parley.realtime.channels.fanout.Socket;
import chat.parley.realtime.channels.protocol.ChannelName;
import chat.parley.realtime.channels.protocol.Refusal;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Who may subscribe to the channels of one kind of app, beyond having them signed. */
public interface Admission {
    AppKind kind();

    /** Why nobody subscribes to this channel in such an app; null if somebody may. */
    @Nullable
    Refusal refusalOf(ChannelName channel);

    /**
     * Decides on one socket; called by its event loop, after the signature has been checked.
     *
     * @param memberId who the signed {@code channel_data} says it is, if there was one
     */
    CompletableFuture<Admitted> admit(Socket socket, ChannelName channel, @Nullable String memberId);

    /** Asked once more when the socket hears the channel already: has it been shut out while it was let in? */
    boolean stillAdmits(Socket socket, ChannelName channel);

    /** How it was decided. */
    sealed interface Admitted {
        /**
         * It may.
         *
         * @param userId whose socket it is, where that has been found out
         */
        record As(@Nullable String userId) implements Admitted {}

        /** It may not. */
        record No(Refusal refusal) implements Admitted {}
    }
}
