package dev.muster.auditor.quartz;

import dev.muster.auditor.schedule.SlotTimer;
import java.time.Instant;
import java.util.Date;
import java.util.Properties;
import java.util.UUID;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobExecutionContext;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.impl.StdSchedulerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One-shot triggers in memory. Misfire policy: a trigger whose time has passed fires now, since a
/// late slot is still that slot. What was lost with the process is found again from the journal.
public final class QuartzTimer implements SlotTimer {

  private static final String LISTENER = "listener";
  private static final String SLOT = "slot";

  private final Scheduler scheduler;

  private QuartzTimer(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  public static QuartzTimer start(Listener listener) {
    Properties properties = new Properties();
    properties.setProperty("org.quartz.scheduler.instanceName", "muster-" + UUID.randomUUID());
    properties.setProperty("org.quartz.threadPool.threadCount", "2");
    properties.setProperty("org.quartz.threadPool.makeThreadsDaemons", "true");
    properties.setProperty("org.quartz.scheduler.makeSchedulerThreadDaemon", "true");
    properties.setProperty("org.quartz.jobStore.class", "org.quartz.simpl.RAMJobStore");
    try {
      Scheduler scheduler = new StdSchedulerFactory(properties).getScheduler();
      scheduler.getContext().put(LISTENER, listener);
      scheduler.start();
      return new QuartzTimer(scheduler);
    } catch (SchedulerException e) {
      throw new IllegalStateException("the scheduler does not start", e);
    }
  }

  @Override
  public void set(String key, Instant slot, Instant when) {
    try {
      scheduler.deleteJob(JobKey.jobKey(key));
      Trigger trigger =
          TriggerBuilder.newTrigger()
              .withIdentity(key)
              .startAt(Date.from(when))
              .withSchedule(
                  SimpleScheduleBuilder.simpleSchedule().withMisfireHandlingInstructionFireNow())
              .build();
      var unused =
          scheduler.scheduleJob(
              JobBuilder.newJob(Due.class)
                  .withIdentity(key)
                  .usingJobData(SLOT, slot.toString())
                  .build(),
              trigger);
    } catch (SchedulerException e) {
      throw new IllegalStateException("no trigger for " + key, e);
    }
  }

  @Override
  public void cancel(String key) {
    try {
      scheduler.deleteJob(JobKey.jobKey(key));
    } catch (SchedulerException e) {
      throw new IllegalStateException("the trigger of " + key + " stays", e);
    }
  }

  @Override
  public void close() {
    try {
      scheduler.shutdown(false);
    } catch (SchedulerException e) {
      throw new IllegalStateException("the scheduler does not end", e);
    }
  }

  /// Quartz makes these itself.
  public static final class Due implements Job {

    private static final Logger log = LoggerFactory.getLogger(Due.class);

    @Override
    public void execute(JobExecutionContext context) {
      String key = context.getJobDetail().getKey().getName();
      try {
        Instant slot = Instant.parse(context.getJobDetail().getJobDataMap().getString(SLOT));
        if (context.getScheduler().getContext().get(LISTENER) instanceof Listener listener) {
          listener.due(key, slot);
        }
      } catch (SchedulerException | RuntimeException e) {
        log.error("the slot of {} was not started", key, e);
      }
    }
  }
}
