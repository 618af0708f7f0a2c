namespace CxDesk.Web.Scorecards;

public static class ScorecardsSetup
{
    public static void AddScorecards(this WebApplicationBuilder builder) => builder.Services.AddTransient<ScorecardSentence>();

    public static void MapScorecards(this WebApplication app) => app.MapGet(ScorecardLink.Path + "/export.csv", ScorecardExport.Read);
}
