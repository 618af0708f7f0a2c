namespace CxDesk.Web.Warnings;

/// <summary>Early warning: what long waits let expect.</summary>
public static class WarningsSetup
{
    public const string Path = "/warnings";

    public static void AddWarnings(this WebApplicationBuilder builder) => builder.Services.AddTransient<WarningWords>();
}
