package chat.parley.realtime.channels.log;

import chat.parley.contracts.Topic;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What becomes of the records of one topic on this node. */
public interface RecordReader {
    Topic topic();

    /** Called before the first record of a partition: where this node begins to read it. By any thread. */
    default void begin(int partition, long offset) {}

    /** Called for one record after the other, always by the same thread; must not block. */
    void read(ConsumerRecord<String, byte[]> record);
}
