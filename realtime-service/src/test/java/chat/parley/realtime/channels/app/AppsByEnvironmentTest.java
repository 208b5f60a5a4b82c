package chat.parley.realtime.channels.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.util.unit.DataSize;

/** As operators add an app where there are variables only: docs/realtime.md. */
class AppsByEnvironmentTest {

    @Test
    void readsAnAppFromVariables() {
        var environment = new StandardEnvironment();
        environment
            .getPropertySources()
            .addFirst(
                new SystemEnvironmentPropertySource(
                    "systemEnvironment",
                    Map.of(
                        "PARLEY_REALTIME_APPS_SHOP_KEY",
                        "shop-key",
                        "PARLEY_REALTIME_APPS_SHOP_SECRET",
                        "shop-secret",
                        "PARLEY_REALTIME_APPS_SHOP_ALLOWEDORIGINS",
                        "https://shop.example.com,https://*.shop.example.com",
                        "PARLEY_REALTIME_APPS_SHOP_MAXCONNECTIONS",
                        "500",
                        "PARLEY_REALTIME_APPS_SHOP_CLIENTEVENTS",
                        "false",
                        "PARLEY_REALTIME_APPS_SHOP_MAXEVENTSIZE",
                        "2KB"
                    )
                )
            );
        Binder binder = new Binder(ConfigurationPropertySources.get(environment));

        AppsProperties apps = binder.bind("parley.realtime", AppsProperties.class).get();
        AppLimits limits = binder.bind("parley.realtime", AppsLimits.class).get().of("shop");

        assertThat(apps.apps().get("shop").key()).isEqualTo("shop-key");
        assertThat(limits.allowedOrigins()).containsExactly(
            "https://shop.example.com",
            "https://*.shop.example.com"
        );
        assertThat(limits.maxConnections()).isEqualTo(500);
        assertThat(limits.clientEvents()).isFalse();
        assertThat(limits.maxEventSize()).isEqualTo(DataSize.ofKilobytes(2));
        assertThat(limits.enabled()).isTrue();
    }
}
