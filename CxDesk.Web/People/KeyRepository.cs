using System.Xml.Linq;
using CxDesk.Data.People;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Options;

namespace CxDesk.Web.People;

/// <summary>
/// Data protection's keys in the database. Its interface knows no tasks; it is asked once at start and when a key is
/// made, so a thread that waits is no loss.
/// </summary>
public sealed class KeyRepository(DataProtectionKeyStore store) : IXmlRepository, IConfigureOptions<KeyManagementOptions>
{
    public IReadOnlyCollection<XElement> GetAllElements() =>
        [.. Task.Run(store.All).GetAwaiter().GetResult().Select(XElement.Parse)];

    public void StoreElement(XElement element, string friendlyName) =>
        Task.Run(() => store.Store(friendlyName, element.ToString(SaveOptions.DisableFormatting))).GetAwaiter().GetResult();

    public void Configure(KeyManagementOptions options) => options.XmlRepository = this;
}
