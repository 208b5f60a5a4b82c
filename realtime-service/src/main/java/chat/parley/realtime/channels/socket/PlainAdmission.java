package chat.parley.realtime.channels.socket;

import chat.parley.realtime.channels.app.AppKind;
import chat.parley.realtime.channels.fanout.Socket;
import chat.parley.realtime.channels.protocol.ChannelName;
import chat.parley.realtime.channels.protocol.Refusal;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** A plain app's server has decided when it signed. */
@Component
final class PlainAdmission implements Admission {

    private static final CompletableFuture<Admitted> YES = CompletableFuture.completedFuture(
        new Admitted.As(null)
    );

    @Override
    public AppKind kind() {
        return AppKind.PLAIN;
    }

    @Override
    public @Nullable Refusal refusalOf(ChannelName channel) {
        return null;
    }

    @Override
    public CompletableFuture<Admitted> admit(Socket socket, ChannelName channel, @Nullable String memberId) {
        return YES;
    }

    @Override
    public boolean stillAdmits(Socket socket, ChannelName channel) {
        return true;
    }
}
