using System.Globalization;
using CxDesk.Data;
using CxDesk.Data.Cases;

namespace CxDesk.Web.Policies;

/// <summary>Times as they are typed: in business hours.</summary>
public sealed class TimesEntry
{
    // More hours than any policy may have, and few enough to be counted in minutes.
    private const decimal Longest = 1_000_000;

    public decimal? Response { get; set; }
    public decimal? Target { get; set; }
    public decimal? Warn { get; set; }

    /// <summary>Hours after the deadline, separated by commas; empty: never.</summary>
    public string? Steps { get; set; }

    public static TimesEntry Of(CaseTiming timing) => new()
    {
        Response = Hours(timing.FirstResponseMinutes),
        Target = Hours(timing.TargetMinutes),
        Warn = Hours(timing.WarnMinutesBefore),
        Steps = string.Join(", ", timing.EscalationSteps.Select(s => Hours(s)!.Value.ToString("0.##", CultureInfo.InvariantCulture))),
    };

    /// <param name="field">Where these times stand in the policy, for faults.</param>
    /// <exception cref="InvalidField">The steps are not numbers.</exception>
    public CaseTiming ToTiming(string field) => new()
    {
        FirstResponseMinutes = Minutes(Response),
        TargetMinutes = Minutes(Target) ?? 0,
        WarnMinutesBefore = Minutes(Warn),
        EscalationSteps = [.. (Steps ?? "").Split([',', '，', '、', ';', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(s =>
            decimal.TryParse(s, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var hours) && hours < 100_000
                ? Minutes(hours)!.Value
                : throw new InvalidField($"{field}.escalationSteps", "Rising", $"{field}.escalationSteps: hours, separated by commas."))],
    };

    public static decimal? Hours(int? minutes) => minutes is { } some ? decimal.Round(some / 60m, 2) : null;

    public static int? Minutes(decimal? hours) => hours is { } some ? (int)decimal.Round(Math.Clamp(some, -Longest, Longest) * 60) : null;
}
