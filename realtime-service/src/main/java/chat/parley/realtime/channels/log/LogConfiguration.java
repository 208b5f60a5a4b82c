package chat.parley.realtime.channels.log;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** The one thread that all events pass on their way to the hubs, so that what orders them needs no lock. */
@Configuration(proxyBeanMethods = false)
class LogConfiguration {

    @Bean(destroyMethod = "dispose")
    Scheduler eventThread() {
        return Schedulers.newSingle("events", true);
    }
}
