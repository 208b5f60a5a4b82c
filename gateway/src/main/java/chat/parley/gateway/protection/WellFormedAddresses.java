package chat.parley.gateway.protection;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequest;
import java.util.HexFormat;

/**
 * Writes a request's address as RFC 3986 has it: what may not stand there is percent-encoded, as browsers do for most
 * of it, and a percent sign that begins no code stands for itself. Otherwise Spring could not read such an address at
 * all, and would end the request with neither a problem nor a request id.
 */
@Sharable
final class WellFormedAddresses extends ChannelInboundHandlerAdapter {

    private static final String UNRESERVED_AND_RESERVED = "-._~:/?#@!$&'()*+,;=";
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest request) {
            request.setUri(wellFormed(request.uri()));
        }
        context.fireChannelRead(message);
    }

    /**
     * @param address as Netty reads it, a character for each byte
     */
    static String wellFormed(String address) {
        StringBuilder written = new StringBuilder(address.length());
        for (int at = 0; at < address.length(); at++) {
            char next = address.charAt(at);
            if (isAllowed(next) || isCode(address, at)) {
                written.append(next);
            } else {
                written.append('%').append(HEX.toHexDigits((byte) next));
            }
        }
        return written.toString();
    }

    private static boolean isAllowed(char character) {
        return (
            (character >= 'a' && character <= 'z') ||
            (character >= 'A' && character <= 'Z') ||
            (character >= '0' && character <= '9') ||
            UNRESERVED_AND_RESERVED.indexOf(character) >= 0
        );
    }

    private static boolean isCode(String address, int at) {
        return (
            address.charAt(at) == '%' &&
            at + 2 < address.length() &&
            HexFormat.isHexDigit(address.charAt(at + 1)) &&
            HexFormat.isHexDigit(address.charAt(at + 2))
        );
    }
}
