using System.Net.Mail;

namespace CxDesk.Data.Deliveries;

/// <summary>Section <c>Mail</c> of the settings: the server that CxDesk sends mail through. Without a host it sends none.</summary>
public sealed class MailOptions : ISettings
{
    public string? Host { get; set; }
    public int Port { get; set; } = 587;

    /// <summary>Sends nothing in clear: TLS from the first byte on port 465, STARTTLS on any other.</summary>
    public bool Tls { get; set; } = true;

    public string? User { get; set; }

    /// <summary>From the environment (<c>Mail__Password</c>) rather than from a file.</summary>
    public string? Password { get; set; }

    /// <summary>The sender's address, such as <c>CxDesk &lt;cxdesk@example.com&gt;</c>.</summary>
    public string? From { get; set; }

    public bool IsSetUp => !string.IsNullOrWhiteSpace(Host);

    public IEnumerable<string> Faults()
    {
        if (!IsSetUp) yield break;
        if (Port is < 1 or > 65535) yield return "Mail:Port: 1 to 65535.";
        if (!MailAddress.TryCreate(From, out _)) yield return "Mail:From: an address such as CxDesk <cxdesk@example.com>.";
        if (string.IsNullOrEmpty(User) != string.IsNullOrEmpty(Password)) yield return "Mail:User, Mail:Password: both or neither.";
    }
}
