using LiveDesk.Domain.Contacts;
using LiveDesk.Functions.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDesk.Functions.Api.Contacts;

internal static class ContactSetUp
{
    /// <summary>What people do to contacts, besides writing to them.</summary>
    public static IServiceCollection AddContacts(this IServiceCollection services) => services
        .AddSingleton<ContactAnswers>()
        .AddSingleton<ContactExport>()
        .AddSingleton<TableContactTraces>()
        .AddSingleton<EraseContact>();
}
