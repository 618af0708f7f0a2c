using CxDesk.Data.Ingest;

namespace CxDesk.Web.Ingest;

/// <summary>Intake: what reads, checks and stores what is sent.</summary>
public static class IngestSetup
{
    public static void AddIngest(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<IngestWriter>();
        services.AddSingleton<CsvImport>();
        services.AddSingleton<IntakeBody>();
        services.AddSingleton<FaultWords>();
    }
}
