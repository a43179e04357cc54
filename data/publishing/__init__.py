"""What people publish by hand: files, corrections of one record, receipts and undoing them."""
