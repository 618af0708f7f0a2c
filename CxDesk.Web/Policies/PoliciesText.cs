namespace CxDesk.Web.Policies;

/// <summary>The texts of policies: PoliciesText.resx and PoliciesText.zh-Hans.resx.</summary>
public sealed class PoliciesText;
