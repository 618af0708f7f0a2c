namespace CxDesk.Web.Curves;

/// <summary>Service level: how an outcome follows a measure.</summary>
public static class CurvesSetup
{
    public static void AddCurves(this WebApplicationBuilder builder) => builder.Services.AddTransient<CurveWords>();

    public static void MapCurves(this WebApplication app) => app.MapGet(CurveLink.Path + "/export.csv", CurveExport.Read);
}
