package chat.parley.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RetryBudgetTest {

    @Test
    void allowsAShareOfAllCallsAndALittleMore() {
        RetryBudget budget = new RetryBudget(10);
        int repeated = 0;
        for (int i = 0; i < 1_000; i++) {
            budget.payIn();
            repeated += budget.takeOut() ? 1 : 0;
        }

        assertThat(repeated).isBetween(100, 112);
    }

    @Test
    void savesNoMoreThanALittle() {
        RetryBudget budget = new RetryBudget(10);
        for (int i = 0; i < 100_000; i++) {
            budget.payIn();
        }
        int repeated = 0;
        while (budget.takeOut()) {
            repeated++;
        }

        assertThat(repeated).isEqualTo(10);
    }

    @Test
    void allowsNoneWhereNoneAreWanted() {
        assertThat(new RetryBudget(0).takeOut()).isFalse();
    }
}
