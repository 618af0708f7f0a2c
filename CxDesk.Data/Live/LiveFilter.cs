using CxDesk.Data.Rollups;

namespace CxDesk.Data.Live;

/// <summary>How far back a board looks. All but the hour are whole days of the company's zone, ending with today.</summary>
public enum LiveWindow { Hour, Today, Week, Month }

public static class LiveWindows
{
    /// <summary>As the URL, the API and the hub write it.</summary>
    public static string Code(this LiveWindow window) => window switch
    {
        LiveWindow.Hour => "hour",
        LiveWindow.Today => "today",
        LiveWindow.Week => "7d",
        LiveWindow.Month => "30d",
    };

    /// <summary>Whole days in the window, today included; the hour lies within the days of its trend only.</summary>
    public static int Days(this LiveWindow window) => window switch
    {
        LiveWindow.Hour => 0,
        LiveWindow.Today => 1,
        LiveWindow.Week => 7,
        LiveWindow.Month => 30,
    };

    /// <summary>How certain a colour must be: the hour slides, so it is looked at over and over.</summary>
    public static Certainty Certainty(this LiveWindow window) => window switch
    {
        LiveWindow.Hour => Rollups.Certainty.Hour,
        LiveWindow.Today or LiveWindow.Week or LiveWindow.Month => Rollups.Certainty.Days,
    };

    /// <summary>Days that the trend lines show.</summary>
    public static int TrendDays(this LiveWindow window) => window switch
    {
        LiveWindow.Hour or LiveWindow.Today or LiveWindow.Week => 7,
        LiveWindow.Month => 30,
    };
}

/// <summary>What the rows of a board are.</summary>
public enum LiveBy { Region, Team, Product, Agent }

/// <summary>Which board: a window, a breakdown, and what all of it is about.</summary>
public sealed record LiveFilter(LiveWindow Window, LiveBy By)
{
    public static readonly LiveFilter Default = new(LiveWindow.Today, LiveBy.Region);

    /// <summary>Code of a region or team; where both share one the region is meant. Null: all that the viewer sees.</summary>
    public string? Unit { get; init; }

    /// <summary>Code of a product; null: all of them.</summary>
    public string? Product { get; init; }

    /// <summary>As the URL, the API and the hub write it.</summary>
    public string WindowCode => Window.Code();

    /// <inheritdoc cref="WindowCode"/>
    public string ByCode => By switch
    {
        LiveBy.Region => "region",
        LiveBy.Team => "team",
        LiveBy.Product => "product",
        LiveBy.Agent => "agent",
    };

    public RollupBy RollupBy => By switch
    {
        LiveBy.Region => RollupBy.Region,
        LiveBy.Team => RollupBy.Team,
        LiveBy.Product => RollupBy.Product,
        LiveBy.Agent => RollupBy.Agent,
    };

    public static LiveWindow? WindowOf(string? code) => code switch
    {
        "hour" => LiveWindow.Hour,
        "today" => LiveWindow.Today,
        "7d" => LiveWindow.Week,
        "30d" => LiveWindow.Month,
        _ => null,
    };

    public static LiveBy? ByOf(string? code) => code switch
    {
        "region" => LiveBy.Region,
        "team" => LiveBy.Team,
        "product" => LiveBy.Product,
        "agent" => LiveBy.Agent,
        _ => null,
    };
}
