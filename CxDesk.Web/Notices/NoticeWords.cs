using CxDesk.Data.Cases;
using CxDesk.Data.Digests;
using CxDesk.Data.Notices;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Notices;

/// <summary>What a notice says in the language of the moment, and where it leads.</summary>
public sealed class NoticeWords(IStringLocalizer<NoticesText> text)
{
    public string Say(NoticeRow notice) => Say(notice.Event, notice.CaseId, notice.Detail);

    public string Say(NoticeEvent? what, long? caseId, NoticeDetail detail)
    {
        var reference = caseId is { } id ? CaseReference.Of(id) : "";
        var cases = detail.Cases ?? 0;
        string said = what switch
        {
            NoticeEvent.CaseEscalated => text["Said.CaseEscalated", reference, detail.Level ?? 1],
            NoticeEvent.CasesEscalated => text["Said.CasesEscalated", cases],
            NoticeEvent.CaseAssigned => text["Said.CaseAssigned", reference, By(detail)],
            NoticeEvent.CaseReopened => text["Said.CaseReopened", reference, By(detail)],
            NoticeEvent.CaseDueSoon => text["Said.CaseDueSoon", reference],
            NoticeEvent.CasesDueSoon => text["Said.CasesDueSoon", cases],
            NoticeEvent.CaseOverdue => text["Said.CaseOverdue", reference],
            NoticeEvent.CasesOverdue => text["Said.CasesOverdue", cases],
            NoticeEvent.CaseWaitOver => text["Said.CaseWaitOver", reference],
            NoticeEvent.CasesWaitOver => text["Said.CasesWaitOver", cases],
            NoticeEvent.CaseHandedOver => text["Said.CaseHandedOver", reference, By(detail)],
            NoticeEvent.CasesHandedOver => text["Said.CasesHandedOver", cases],
            NoticeEvent.Digest => text[detail.Digest?.Rhythm == DigestRhythm.Weekly ? "Said.DigestWeekly" : "Said.DigestDaily"],
            NoticeEvent.Test => text["Said.Test"],
            null => text["Said.Other"],
        };
        return caseId is null && detail.Critical is > 0 and var critical ? text["Said.Critical", said, critical] : said;
    }

    public string Name(NoticeTopic topic) => text[$"Topic.{topic}"];

    public static string Link(NoticeRow notice) => Link(notice.Event, notice.CaseId);

    /// <summary>A path of CxDesk: the case, or the list that the several cases stand in.</summary>
    public static string Link(NoticeEvent? what, long? caseId) =>
        caseId is { } id ? $"/cases/{CaseReference.Of(id)}"
        : what == NoticeEvent.Digest ? "/account/digest"
        : what?.TopicOf() is NoticeTopic.Escalated or NoticeTopic.Overdue or null ? "/cases?overdue=true"
        : "/cases?owner=me";

    private string By(NoticeDetail detail) => detail.By ?? text["Said.Somebody"];
}
