package chat.parley.message;

import com.mongodb.reactivestreams.client.MongoCollection;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.stream.Collectors;
import org.bson.BsonDocument;
import org.bson.Document;
import org.bson.conversions.Bson;

/** What is asked of a collection, overheard: the collection, the command and, of an update, the fields it touches. */
final class StoreCall {

    private final MongoCollection<Document> collection;
    private String command = "";

    StoreCall(MongoCollection<Document> collection) {
        this.collection = collection;
    }

    @SuppressWarnings("unchecked")
    MongoCollection<Document> overheard() {
        return (MongoCollection<Document>) Proxy.newProxyInstance(
            StoreCall.class.getClassLoader(),
            new Class<?>[] { MongoCollection.class },
            (_, method, arguments) -> pass(method, arguments)
        );
    }

    private Object pass(Method method, Object[] arguments) throws Throwable {
        command = method.getName();
        if (command.equals("updateOne")) {
            command += touched(((Bson) arguments[1]));
        }
        try {
            return method.invoke(collection, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private String touched(Bson update) {
        BsonDocument changes = update.toBsonDocument(Document.class, collection.getCodecRegistry());
        return changes
            .entrySet()
            .stream()
            .flatMap(change ->
                change
                    .getValue()
                    .asDocument()
                    .keySet()
                    .stream()
                    .map(field -> " " + change.getKey() + " " + field.split("\\.")[0])
            )
            .distinct()
            .sorted()
            .collect(Collectors.joining());
    }

    /** Known once the call has been made. */
    String name() {
        return collection.getNamespace().getCollectionName() + " " + command;
    }
}
