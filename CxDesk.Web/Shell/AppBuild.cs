using System.Security.Cryptography;
using CxDesk.Data.Database;
using Microsoft.JSInterop;

namespace CxDesk.Web.Shell;

/// <summary>Which build this server is. The same sources give the same, on every node.</summary>
public sealed class AppBuild(RecoveryOptions options)
{
    /// <summary>The header of <c>/healthz</c> that says it.</summary>
    public const string Header = "X-CxDesk-Build";

    private static readonly string Built = Convert.ToHexStringLower(SHA256.HashData(
        [.. typeof(AppBuild).Module.ModuleVersionId.ToByteArray(), .. typeof(Db).Module.ModuleVersionId.ToByteArray()]).AsSpan(0, 8));

    public string Id { get; } = options.Build ?? Built;

    /// <summary>Asked by a page that slept: an answer says that its circuit lives.</summary>
    [JSInvokable]
    public static bool StillHere() => true;
}
