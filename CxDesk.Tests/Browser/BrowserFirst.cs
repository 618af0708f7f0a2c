using Xunit.Abstractions;

[assembly: TestCollectionOrderer("CxDesk.Tests.Browser.BrowserFirst", "CxDesk.Tests")]

namespace CxDesk.Tests.Browser;

/// <summary>The browser's tests come one after the other and take the longest: they begin at once, and all the others run beside them.</summary>
public sealed class BrowserFirst : ITestCollectionOrderer
{
    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderBy(collection => collection.DisplayName == BrowserFixture.Name ? 0 : 1);
}
