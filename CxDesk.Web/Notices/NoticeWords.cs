using CxDesk.Data.Notices;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Notices;

/// <summary>What a notice says in the language of the moment, and where it leads.</summary>
public sealed class NoticeWords(IStringLocalizer<NoticesText> text)
{
    public string Say(NoticeRow notice) => notice.Event switch
    {
        NoticeEvent.CaseEscalated => text["Said.CaseEscalated", Reference(notice), notice.Detail.Level ?? 1],
        NoticeEvent.CasesEscalated => text["Said.CasesEscalated", notice.Detail.Cases ?? 0, notice.Detail.Critical ?? 0],
        null => text["Said.Other"],
    };

    public static string Link(NoticeRow notice) => notice.CaseId is null ? "/cases?overdue=true" : $"/cases/{Reference(notice)}";

    private static string Reference(NoticeRow notice) => $"C-{notice.CaseId}";
}
