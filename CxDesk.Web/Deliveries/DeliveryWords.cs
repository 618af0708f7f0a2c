using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using CxDesk.Data;
using CxDesk.Data.Deliveries;
using CxDesk.Data.Notices;
using CxDesk.Web.Notices;
using CxDesk.Web.Shell;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Deliveries;

/// <summary>What is written to somebody, in their language.</summary>
public sealed class DeliveryWords(NoticeWords notices, TimeWords times, IStringLocalizer<DeliveriesText> text, IStringLocalizer<ShellText> shell, DeliveriesOptions options, Company company)
{
    private static readonly HtmlEncoder Html = HtmlEncoder.Create(UnicodeRanges.All);
    private const int LongestComment = 400;
    private const string Body = "font:15px/1.5 system-ui,'PingFang SC','Microsoft YaHei',sans-serif;max-width:36rem";
    private const string Name = "text-align:left;vertical-align:top;padding:2px 16px 2px 0;font-weight:400";

    private const string BodyEnd = $"<body style=\"{Body}\">", End = "</body></html>";

    public string Link(Delivery delivery) => options.Link(NoticeWords.Link(delivery.Event, delivery.CaseId));

    /// <summary>One line for a room in which others read too: it says whom it is for.</summary>
    public string ForRoom(Delivery delivery, Passed passed) => In(delivery.Language, () =>
        delivery.PersonName is { } name ? text["Room.To", name, Say(delivery, passed)].Value : Say(delivery, passed));

    /// <summary>All that one person is told, in one mail.</summary>
    public Letter ForPerson(IReadOnlyList<(Delivery Delivery, Passed Passed)> news) => In(news[0].Delivery.Language, () =>
    {
        var (plain, html) = (new StringBuilder(), new StringBuilder(Begin()));
        foreach (var (delivery, passed) in news)
        {
            var (said, link) = (Say(delivery, passed), Link(delivery));
            plain.AppendLine(said);
            html.Append($"<p style=\"font-size:17px;margin:16px 0 4px\"><strong>{Html.Encode(said)}</strong></p><table style=\"border-collapse:collapse\">");
            foreach (var (name, value) in passed.Case is { } about ? Facts(about) : [])
            {
                plain.AppendLine(text["Mail.Fact", name, value]);
                html.Append($"<tr><th style=\"{Name}\">{Html.Encode(name)}</th><td style=\"padding:2px 0\">{Html.Encode(value)}</td></tr>");
            }
            plain.AppendLine(link).AppendLine();
            html.Append($"</table><p><a href=\"{Html.Encode(link)}\">{Html.Encode(text["Mail.Open"])}</a></p>");
        }
        plain.AppendLine(text["Mail.Why", options.Link("/account")]);
        html.Append($"<p style=\"font-size:12px\">{Html.Encode(text["Mail.Why", options.Link("/account")])}</p>{End}");
        var first = Say(news[0].Delivery, news[0].Passed);
        return new Letter(news.Count == 1 ? first : text["Mail.Several", first, news.Count - 1], plain.ToString(), html.ToString());
    });

    private string Say(Delivery delivery, Passed passed) =>
        notices.Say(delivery.Event, delivery.CaseId, passed.Cases is { } several ? delivery.Detail with { Cases = several, Critical = Math.Min(several, delivery.Detail.Critical ?? 0) } : delivery.Detail);

    private IEnumerable<(string Name, string Value)> Facts(DeliveryCase about)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(about.TimeZone ?? company.Zone.Id);
        yield return (text["Fact.Severity"], shell[$"Severity.{about.Severity}"]);
        yield return (text["Fact.Due"], times.Exact(about.DueAt, zone));
        if (!string.IsNullOrWhiteSpace(about.Customer)) yield return (text["Fact.Customer"], about.Customer);
        if (!string.IsNullOrWhiteSpace(about.Comment)) yield return (text["Fact.Comment"], about.Comment.Length > LongestComment ? about.Comment[..LongestComment] + "…" : about.Comment);
        yield return (text["Fact.Product"], about.Product);
        yield return (text["Fact.Place"], text["Fact.PlaceWords", about.Region, about.Team]);
        if (about.Owner is not null) yield return (text["Fact.Owner"], about.Owner);
    }

    /// <summary>A letter in HTML, which stands alone, from what it says.</summary>
    internal static string Page(string content) => $"{Begin()}{content}{End}";

    /// <summary>What it says, without what makes it stand alone.</summary>
    internal static string Content(string page)
    {
        var from = page.IndexOf(BodyEnd, StringComparison.Ordinal) + BodyEnd.Length;
        return page[from..^End.Length];
    }

    private static string Begin() => $"<!DOCTYPE html><html lang=\"{CultureInfo.CurrentUICulture.Name}\">{BodyEnd}";

    /// <summary>Writes in somebody's language, and returns to that of the moment.</summary>
    internal static T In<T>(string? language, Func<T> write)
    {
        var (culture, words) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(ShellSetup.Languages.FirstOrDefault(l => l == language) ?? ShellSetup.Languages[0]);
            return write();
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, words);
        }
    }
}
