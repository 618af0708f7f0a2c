using CxDesk.Data.Drivers;
using CxDesk.Web.Shell;

namespace CxDesk.Web.Drivers;

/// <summary>What goes with satisfaction, and how strongly.</summary>
public static class DriversSetup
{
    public static void AddDrivers(this WebApplicationBuilder builder)
    {
        builder.AddSettings<DriversOptions>("Drivers");
        builder.Services.AddSingleton<DriverQuery>();
        builder.Services.AddSingleton<DriverRuns>();
        builder.Services.AddTransient<DriverWords>();
    }

    public static void MapDrivers(this WebApplication app) => app.MapGet(DriverLink.Path + "/export.csv", DriverExport.Read);
}
