package chat.parley.message;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much may be under way.
 *
 * @param rooms how many rooms may have a lane
 * @param waiting how many messages may wait in a lane
 * @param commits how many lanes may be writing at once
 * @param tries how often a write is tried against other instances before its messages are refused
 * @param patience how long a commit may take, all tries included
 * @param owed how many events may wait for Kafka before messages are refused
 * @param tidyEvery how often what has been told of is struck out in rooms that have gone quiet
 * @param idle after what time without a message a lane is given up
 */
@ConfigurationProperties("parley.lanes")
record LaneProperties(
    @DefaultValue("10000") int rooms,
    @DefaultValue("256") int waiting,
    @DefaultValue("128") int commits,
    @DefaultValue("50") int tries,
    @DefaultValue("8s") Duration patience,
    @DefaultValue("20000") int owed,
    @DefaultValue("500ms") Duration tidyEvery,
    @DefaultValue("10s") Duration idle
) {}
