using CxDesk.Data.Notices;

namespace CxDesk.Web.Notices;

/// <summary>What people are told.</summary>
public static class NoticesSetup
{
    public static void AddNotices(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<NoticesQuery>();
        builder.Services.AddSingleton<NoticeWriter>();
        builder.Services.AddSingleton<NoticePreferences>();
        builder.Services.AddSingleton<NoticeWords>();
    }
}
