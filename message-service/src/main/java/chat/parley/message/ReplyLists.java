package chat.parley.message;

import chat.parley.contracts.RoomId;
import chat.parley.message.OutboxEntry.Reply;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.bson.Document;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Which messages reply to which, as far as they lie on another page than the thread's beginning. A thread has a tree
 * of three levels, each node a document with up to 4,096 numbers: the leaves hold the seqs of replies, by 4,096 seqs
 * of the room, and the nodes above say which leaves there are. So a place in a thread is found by three reads, however
 * long the room and the thread are, and a reply is one small write to a document that depends on nothing but its seq:
 * it can be repeated and overtaken.
 */
@Component
class ReplyLists {

    static final String COLLECTION = "replies";

    private static final String HELD = "held";
    private static final int WIDTH = 4_096;
    private static final int TOP = 2;
    private static final int AT_ONCE = 8;

    private final Store store;

    ReplyLists(Store store) {
        this.store = store;
    }

    Mono<Void> add(RoomId room, List<Reply> replies) {
        Map<Node, List<Long>> byLeaf = replies
            .stream()
            .collect(
                Collectors.groupingBy(
                    reply -> Node.leaf(room, reply.parent(), reply.seq()),
                    Collectors.mapping(Reply::seq, Collectors.toList())
                )
            );
        return Flux.fromIterable(byLeaf.entrySet())
            .flatMap(leaf -> add(leaf.getKey(), leaf.getValue()), AT_ONCE)
            .then();
    }

    private Mono<Void> add(Node leaf, List<Long> seqs) {
        return write(leaf, seqs, false).flatMap(known -> known ? Mono.empty() : plant(leaf, seqs));
    }

    /** From the top down: a leaf that nobody finds would be a reply lost, a leaf that is not there yet is nothing. */
    private Mono<Void> plant(Node leaf, List<Long> seqs) {
        Node branch = leaf.parent();
        return write(branch.parent(), List.of(branch.number), true)
            .then(Mono.defer(() -> write(branch, List.of(leaf.number), true)))
            .then(Mono.defer(() -> write(leaf, seqs, true)))
            .then();
    }

    private Mono<Boolean> write(Node node, List<Long> held, boolean create) {
        return store
            .one(COLLECTION, nodes ->
                nodes.updateOne(
                    Filters.eq(node.toString()),
                    Updates.addEachToSet(HELD, held),
                    new UpdateOptions().upsert(create)
                )
            )
            .map(result -> result.getMatchedCount() == 1);
    }

    /** The seqs of replies behind this seq, ascending; reads as far as somebody asks. */
    Flux<Long> after(RoomId room, long parent, long seq) {
        return below(new Node(room, parent, TOP, 0), seq + 1);
    }

    private Flux<Long> below(Node node, long from) {
        Flux<Long> held = held(node);
        return node.level == 0
            ? held.filter(seq -> seq >= from)
            : held
                  .map(node::child)
                  .filter(child -> child.lastSeq() >= from)
                  .concatMap(child -> below(child, from), 1);
    }

    private Flux<Long> held(Node node) {
        return store
            .one(COLLECTION, nodes -> nodes.find(Filters.eq(node.toString())))
            .flatMapIterable(found -> held(found).stream().sorted().toList());
    }

    private static List<Long> held(Document node) {
        return node.getList(HELD, Long.class, List.of());
    }

    /** The thread is gone. */
    Mono<Void> forget(RoomId room, long parent) {
        return remove(new Node(room, parent, TOP, 0));
    }

    /** From the leaves up: as long as a node is there, what hangs on it can be found. */
    private Mono<Void> remove(Node node) {
        Mono<Void> below = node.level == 0
            ? Mono.empty()
            : held(node).map(node::child).concatMap(this::remove).then();
        return below
            .then(
                Mono.defer(() -> store.one(COLLECTION, nodes -> nodes.deleteOne(Filters.eq(node.toString()))))
            )
            .then();
    }

    /**
     * A place in a thread's tree.
     *
     * @param level 0 for leaves
     * @param number of all nodes of the level, from the room's beginning
     */
    private record Node(RoomId room, long parentSeq, int level, long number) {
        static Node leaf(RoomId room, long parent, long seq) {
            return new Node(room, parent, 0, (seq - 1) / WIDTH);
        }

        Node parent() {
            return new Node(room, parentSeq, level + 1, level + 1 == TOP ? 0 : number / WIDTH);
        }

        Node child(long childNumber) {
            return new Node(room, parentSeq, level - 1, childNumber);
        }

        long lastSeq() {
            long leaves = level == 0 ? 1 : WIDTH;
            return (number + 1) * leaves * WIDTH;
        }

        @Override
        public String toString() {
            return room + "/" + parentSeq + "/" + level + "/" + number;
        }
    }
}
