namespace CxDesk.Web.Warnings;

/// <summary>Early warning: what long waits let expect.</summary>
public static class WarningsSetup
{
    public const string Path = "/warnings";

    public static void AddWarnings(this WebApplicationBuilder builder) => builder.Services.AddTransient<WarningWords>();

    public static void MapWarnings(this WebApplication app) => app.MapGet(WarningExport.Path, WarningExport.Read);
}
