package chat.parley.embedded.mongo;

import de.bwaldvogel.mongo.bson.BinData;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.bson.BsonDecoder;
import de.bwaldvogel.mongo.wire.bson.BsonEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Map;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;
import org.h2.mvstore.type.ObjectDataType;

/**
 * Documents in BSON. The store's own way, Java serialization, takes several times as long and as much space; what a
 * file holds from before in that way is still read.
 */
final class DocumentType extends BasicDataType<Document> {

    /** No tag of {@link ObjectDataType}: these are positive. */
    private static final byte IN_BSON = -1;

    private static final int NODE = 48;

    // A page of messages is tens of kilobytes and is written with each of them: growing a new buffer costs as much as filling it.
    private final ThreadLocal<ByteBuf> buffers = ThreadLocal.withInitial(() -> Unpooled.buffer(1 << 16));
    private final ObjectDataType serialized = new ObjectDataType();

    @Override
    public void write(WriteBuffer out, Document document) {
        ByteBuf bson = buffers.get().clear();
        BsonEncoder.encodeDocument(document, bson);
        out
            .put(IN_BSON)
            .putVarInt(bson.readableBytes())
            .put(bson.array(), bson.arrayOffset(), bson.readableBytes());
    }

    @Override
    public Document read(ByteBuffer in) {
        if (in.get(in.position()) != IN_BSON) {
            return (Document) serialized.read(in);
        }
        in.get();
        int length = DataUtils.readVarInt(in);
        byte[] bson = new byte[length];
        in.get(bson);
        return BsonDecoder.decodeBson(Unpooled.wrappedBuffer(bson));
    }

    @Override
    public int getMemory(Document document) {
        return memory(document);
    }

    /** About: it only decides what stays in the cache, and when unsaved changes are too many. */
    private static int memory(Object value) {
        return switch (value) {
            case Map<?, ?> map -> NODE + map.values().stream().mapToInt(DocumentType::memoryOrNone).sum();
            case Collection<?> values -> NODE + values.stream().mapToInt(DocumentType::memoryOrNone).sum();
            case String text -> NODE + text.length();
            case BinData bytes -> NODE + bytes.getData().length;
            default -> Long.BYTES + Long.BYTES;
        };
    }

    private static int memoryOrNone(Object value) {
        return value == null ? Long.BYTES : memory(value);
    }

    @Override
    public Document[] createStorage(int size) {
        return new Document[size];
    }
}
