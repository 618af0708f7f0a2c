using CxDesk.Data.Scorecards;
using CxDesk.Web.Shell;

namespace CxDesk.Web.Scorecards;

/// <summary>Scores from the company down to the single answer.</summary>
public static class ScorecardsSetup
{
    public static void AddScorecards(this WebApplicationBuilder builder)
    {
        builder.AddSettings<ScorecardsOptions>("Scorecards");
        builder.Services.AddSingleton<ScorecardQuery>();
        builder.Services.AddTransient<ScorecardSentence>();
        builder.Services.AddScoped<ScorecardExport>();
    }

    public static void MapScorecards(this WebApplication app) => app.MapGet(ScorecardLink.Path + "/{what:regex(^(export|why|lines|answers)$)}.csv",
        (HttpContext context, string what, ScorecardExport export, CancellationToken cancel) => export.Read(context, what, cancel));
}
