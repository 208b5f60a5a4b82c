package chat.parley.bench.cases;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Hands on bytes from connection to connection and looks at none of them: the least that anything between a client and a
 * service costs on this machine. It has one thread, in the measuring process.
 */
final class BareRelay implements AutoCloseable {

    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final InetSocketAddress service;
    private final Channel door;

    BareRelay(int service) {
        this.service = new InetSocketAddress(InetAddress.getLoopbackAddress(), service);
        this.door = new ServerBootstrap()
            .group(loop)
            .channel(NioServerSocketChannel.class)
            .childOption(ChannelOption.AUTO_READ, false)
            .childHandler(
                new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel client) {
                        connect(client);
                    }
                }
            )
            .bind(InetAddress.getLoopbackAddress(), 0)
            .syncUninterruptibly()
            .channel();
    }

    /** Nothing is read of the client before there is somewhere to write it to. */
    private void connect(Channel client) {
        new Bootstrap()
            .group(client.eventLoop())
            .channel(NioSocketChannel.class)
            .handler(new To(client))
            .connect(service)
            .addListener(
                (ChannelFutureListener) connected -> {
                    if (connected.isSuccess()) {
                        client.pipeline().addLast(new To(connected.channel()));
                        client.config().setAutoRead(true);
                    } else {
                        client.close();
                    }
                }
            );
    }

    int port() {
        return ((InetSocketAddress) door.localAddress()).getPort();
    }

    @Override
    public void close() {
        loop.shutdownGracefully().syncUninterruptibly();
    }

    /** Writes whatever comes in to the other side, and ends with it. */
    private static final class To extends ChannelInboundHandlerAdapter {

        private final Channel other;

        To(Channel other) {
            this.other = other;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object bytes) {
            other.write(bytes);
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            other.flush();
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            other.close();
        }
    }
}
