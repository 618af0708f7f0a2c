namespace CxDesk.Web.Cases;

/// <summary>The texts of the case desk: CasesText.resx and CasesText.zh-Hans.resx.</summary>
public sealed class CasesText;
