package chat.parley.room;

import chat.parley.service.problem.Unavailable;
import java.time.Duration;
import org.springframework.stereotype.Component;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/** PostgreSQL transactions, READ COMMITTED. */
@Component
public class Transactions {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final TransactionalOperator operator;

    public Transactions(TransactionalOperator operator) {
        this.operator = operator;
    }

    /**
     * The work in one transaction, committed when the result arrives; an error of the work undoes it.
     *
     * @throws Unavailable (in the Mono) if there is no connection to be had
     */
    public <T> Mono<T> run(Mono<T> work) {
        return work
            .as(operator::transactional)
            .onErrorMap(CannotCreateTransactionException.class, Transactions::unavailable);
    }

    private static Unavailable unavailable(Throwable cause) {
        Unavailable unavailable = new Unavailable(
            "Accounts and rooms cannot be reached right now.",
            RETRY_AFTER
        );
        unavailable.addSuppressed(cause);
        return unavailable;
    }
}
