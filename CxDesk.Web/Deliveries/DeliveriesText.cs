namespace CxDesk.Web.Deliveries;

/// <summary>Names the resource files of the deliveries.</summary>
public sealed class DeliveriesText;
