using CxDesk.Data.Deliveries;
using CxDesk.Web.Shell;

namespace CxDesk.Web.Deliveries;

/// <summary>What leaves CxDesk by mail and webhook.</summary>
public static class DeliveriesSetup
{
    public static void AddDeliveries(this WebApplicationBuilder builder)
    {
        builder.AddSettings<DeliveriesOptions>("Deliveries");
        builder.AddSettings<MailOptions>("Mail");
        var services = builder.Services;
        services.AddSingleton<DeliveryQueue>();
        services.AddSingleton<DeliveryGate>();
        services.AddSingleton<DeliveriesQuery>();
        services.AddSingleton<DeliveryWriter>();
        services.AddSingleton<WebhooksQuery>();
        services.AddSingleton<WebhookWriter>();
        services.AddSingleton<DeliveryWords>();
        services.AddSingleton<MailCarrier>();
        services.AddSingleton<WebhookCarrier>();
        services.AddSingleton<DeliverySender>();
    }
}
