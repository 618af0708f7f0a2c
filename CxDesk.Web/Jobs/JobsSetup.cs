using CxDesk.Data;
using CxDesk.Data.Cases;
using CxDesk.Data.Database;
using CxDesk.Data.Jobs;
using CxDesk.Web.People;
using CxDesk.Web.Shell;
using Microsoft.Data.SqlClient;
using Quartz;
using Quartz.Impl.AdoJobStore;

namespace CxDesk.Web.Jobs;

/// <summary>The scheduler: in memory on SQLite, which is one node; clustered in tables of its own on SQL Server.</summary>
public static class JobsSetup
{
    public static void AddJobs(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<EscalationWriter>();
        services.AddSingleton<ReminderWriter>();
        services.AddSingleton<CaseInvariant>();
        services.AddSingleton<HandOverWriter>();
        services.AddSingleton<CaseRetimer>();
        services.AddSingleton<JobRunWriter>();
        services.AddSingleton<JobsQuery>();
        services.AddSingleton<LogPruner>();
        services.AddSingleton<Clockwork>();
        services.AddSingleton<IReadiness, JobsReadiness>();

        var database = builder.AddSettings<DatabaseOptions>("Database");
        var zone = TimeZoneInfo.FindSystemTimeZoneById(builder.AddSettings<CompanyOptions>("Company").TimeZone);
        services.AddQuartz(quartz =>
        {
            quartz.ConfigureScheduler(o => o.InstanceName = "CxDesk");
            if (database.Provider == DatabaseProvider.SqlServer) UseTables(quartz, database.ConnectionString);
            foreach (var schedule in Schedules.All) Add(quartz, schedule, zone);
        });
        services.AddQuartzHostedService(o => o.WaitForJobsToComplete = true);
        services.AddHostedService<JobsAfterChange>();
    }

    private static void UseTables(IQuartzBuilder quartz, string connectionString) => quartz.UsePersistentStore(store =>
    {
        store.UseSqlServer(SqlClientFactory.Instance, connectionString);
        // Quartz brings its own scripts along, unedited, and creates what is missing.
        store.ProvisionSchema();
        store.ConfigureStore(o => o.StoreJobDataAsStrings = true);
        store.UseClustering();
        // Lock hints may be ignored by what speaks for a SQL Server; an updated row is a lock everywhere.
        store.UseLockHandler<UpdateRowLockHandler>();
    });

    private static void Add(IQuartzBuilder quartz, Schedule schedule, TimeZoneInfo zone)
    {
        var key = new JobKey(schedule.Name);
        quartz.AddJob<RecordedJob>(job => job.WithIdentity(key).StoreDurably());
        quartz.AddTrigger<RecordedJob>(trigger =>
        {
            trigger.ForJob(key).WithIdentity(schedule.Name);
            if (schedule.Every is { } every)
                trigger.WithSchedule(SimpleScheduleBuilder.Create().WithInterval(every).RepeatForever());
            else if (schedule.DailyAt is { } at)
                trigger.WithSchedule(CronScheduleBuilder.Create($"0 {at.Minute} {at.Hour} * * ?").InTimeZone(zone));
        });
    }
}
