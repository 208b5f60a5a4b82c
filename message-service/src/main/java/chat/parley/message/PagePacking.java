package chat.parley.message;

import chat.parley.message.archive.Compression;
import chat.parley.sealing.Binding;
import chat.parley.sealing.CannotOpen;
import chat.parley.sealing.Sealer;
import com.mongodb.MongoClientSettings;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bson.BsonBinaryReader;
import org.bson.BsonBinaryWriter;
import org.bson.ByteBufNIO;
import org.bson.Document;
import org.bson.UuidRepresentation;
import org.bson.codecs.Codec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.bson.codecs.configuration.CodecRegistries;
import org.bson.io.BasicOutputBuffer;
import org.bson.io.ByteBufferBsonInput;
import org.bson.types.Binary;
import org.springframework.stereotype.Component;

/**
 * Packs a page's document for the archive: the messages are opened, the whole is compressed, and then sealed as this
 * page. What is sealed does not compress, so it has to be in this order.
 */
@Component
final class PagePacking {

    /** Far more than 64 messages of the longest kind take. */
    private static final int MOST = 16 * 1024 * 1024;

    private static final String SEALED = "sealed";
    private static final String OPENED = "opened";
    private static final Codec<Document> CODEC = CodecRegistries.withUuidRepresentation(
        MongoClientSettings.getDefaultCodecRegistry(),
        UuidRepresentation.STANDARD
    ).get(Document.class);

    private final Sealer sealer;

    PagePacking(Sealer sealer) {
        this.sealer = sealer;
    }

    byte[] pack(Document page) {
        PageId id = PageId.parse(page.getString(PageDocument.ID));
        Document opened = withMessages(page, message -> opened(id, message));
        return sealer.seal(Compression.compress(encode(opened)), binding(id));
    }

    /**
     * The document, its messages sealed one by one again.
     *
     * @throws chat.parley.sealing.CannotOpen if these bytes are not that page
     */
    Document unpack(PageId id, byte[] packed) {
        byte[] plain = Compression.decompress(sealer.open(packed, binding(id)), MOST);
        return withMessages(decode(plain), message -> sealed(id, message));
    }

    private static Binding binding(PageId id) {
        return Binding.archivedPage(id.room(), id.number());
    }

    private static Document withMessages(Document page, UnaryOperator<Document> change) {
        List<Document> messages = new ArrayList<>();
        ArchivedPage.messages(page).forEach(message -> messages.add(change.apply(message)));
        return new Document(page).append(PageDocument.MESSAGES, messages);
    }

    private Document opened(PageId page, Document message) {
        Binary sealed = message.get(SEALED, Binary.class);
        return sealed == null ? message : opened(page, message, sealed.getData());
    }

    /** What does not open stays as it is: somebody may still have its key. */
    private Document opened(PageId page, Document message, byte[] sealed) {
        try {
            return with(message, SEALED, OPENED, sealer.open(sealed, bindingOf(page, message)));
        } catch (CannotOpen _) {
            return message;
        }
    }

    private Document sealed(PageId page, Document message) {
        Binary opened = message.get(OPENED, Binary.class);
        return opened == null
            ? message
            : with(message, OPENED, SEALED, sealer.seal(opened.getData(), bindingOf(page, message)));
    }

    private static Document with(Document message, String former, String name, byte[] content) {
        Document other = new Document(message);
        other.remove(former);
        return other.append(name, new Binary(content));
    }

    private static Binding bindingOf(PageId page, Document message) {
        return Binding.message(page.room(), message.getLong("seq"));
    }

    private static byte[] encode(Document document) {
        try (
            BasicOutputBuffer buffer = new BasicOutputBuffer();
            BsonBinaryWriter writer = new BsonBinaryWriter(buffer)
        ) {
            CODEC.encode(writer, document, EncoderContext.builder().build());
            return buffer.toByteArray();
        }
    }

    private static Document decode(byte[] bson) {
        try (
            ByteBufferBsonInput input = new ByteBufferBsonInput(new ByteBufNIO(ByteBuffer.wrap(bson)));
            BsonBinaryReader reader = new BsonBinaryReader(input)
        ) {
            return CODEC.decode(reader, DecoderContext.builder().build());
        }
    }
}
