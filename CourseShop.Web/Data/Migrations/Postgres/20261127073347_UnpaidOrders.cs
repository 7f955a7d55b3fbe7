using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CourseShop.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class UnpaidOrders : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Orders_AwaitingPayment",
                table: "Orders");

            migrationBuilder.CreateIndex(
                name: "IX_Orders_AwaitingPayment",
                table: "Orders",
                columns: new[] { "Status", "PayBy" },
                filter: "\"Status\" = 0");

            migrationBuilder.CreateIndex(
                name: "IX_Orders_Unpaid",
                table: "Orders",
                column: "UserId",
                filter: "\"Status\" = 0");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Orders_AwaitingPayment",
                table: "Orders");

            migrationBuilder.DropIndex(
                name: "IX_Orders_Unpaid",
                table: "Orders");

            migrationBuilder.CreateIndex(
                name: "IX_Orders_AwaitingPayment",
                table: "Orders",
                column: "PayBy",
                filter: "\"Status\" = 0");
        }
    }
}
