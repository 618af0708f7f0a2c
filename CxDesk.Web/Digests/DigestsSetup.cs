using CxDesk.Data.Digests;

namespace CxDesk.Web.Digests;

/// <summary>The summary of a day or week that people are mailed.</summary>
public static class DigestsSetup
{
    public static void AddDigests(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<DigestQuery>();
        services.AddSingleton<DigestWriter>();
        services.AddSingleton<DigestChoices>();
        services.AddSingleton<DigestWords>();
        services.AddSingleton<DigestLetters>();
    }
}
