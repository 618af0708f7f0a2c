using Microsoft.AspNetCore.Components;

namespace CxDesk.Web.Cases;

/// <summary>Where a phone goes that scanned a code: the address that people reach CxDesk by, where the settings name one, else the wall's own.</summary>
public sealed class ClaimAddress(IConfiguration configuration)
{
    private readonly string? _base = configuration["Deliveries:BaseUrl"] is { Length: > 0 } said ? said.TrimEnd('/') + "/" : null;

    public string Of(string code, NavigationManager wall) => $"{_base ?? wall.BaseUri}claim/{code}";
}
