package chat.parley.room;

import io.r2dbc.spi.Readable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;

/** Columns in and out, as the driver leaves them to us. */
public final class Rows {

    private Rows() {}

    /** The value of a column that is never null. */
    public static <T> T required(Readable row, String column, Class<T> type) {
        return Objects.requireNonNull(row.get(column, type), column);
    }

    /** The value of an integer column that is never null, whatever its width. */
    public static long number(Readable row, String column) {
        return required(row, column, Long.class);
    }

    /** Binds a value or null. */
    public static <T> GenericExecuteSpec bind(
        GenericExecuteSpec statement,
        String name,
        @Nullable T value,
        Class<T> type
    ) {
        return value == null ? statement.bindNull(name, type) : statement.bind(name, value);
    }
}
